"""What may be shown about whom: pure functions of counts, usable without the rest of the product.

``minimums`` holds the thresholds, ``suppression`` the rules for one breakdown, ``release`` decides for
all breakdowns of an audience together, ``audit`` proves it, ``refresh`` guards a second publication.
"""
