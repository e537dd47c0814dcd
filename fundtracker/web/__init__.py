"""The pages: blueprints, forms, access rules and what they share."""
