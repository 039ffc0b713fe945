"""The demo organisation, *Nordlicht Logistics*: invented people, real arithmetic.

``nordlicht.toml`` says what the company is like, ``comments.toml`` what its people write; ``generate``
turns both into answers, and ``showroom`` stores them as two waves.
"""
