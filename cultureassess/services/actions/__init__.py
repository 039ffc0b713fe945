"""From gap to action (METHOD 6): what a company does about its results, and whether it helped."""
