"""From answers to what may be known of them: METHOD 2.0's order, without web or database."""
