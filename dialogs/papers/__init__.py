"""What is written on the papers that the bot makes, in the words of either language."""
