"""Questions typed in words, such as "How much did we give Weobley Parish Council in 2020/21?", read as asks."""
