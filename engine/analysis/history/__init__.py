"""Historical episodes: scenarios written from coded facts by one protocol, and how well play foretells what happened."""
