"""Services as data: their facts, the rules over answers, and how they are found and printed."""
