"""Every mail that Dott sends, in every language of the product."""
