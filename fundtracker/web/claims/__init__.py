"""Claims: what recipients say they have spent, logged and certified cost by cost."""
