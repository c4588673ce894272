"""Papers to hold in the hand: what a paper consists of, and its making as PDF and DOCX."""
