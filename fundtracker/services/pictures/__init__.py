"""Pictures of the money: each a table with a sentence, drawn elsewhere, whose figures are those of the books."""
