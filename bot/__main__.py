"""The way in: `python -m bot`, also installed as `bagyt`."""

from bot.cli import main

if __name__ == "__main__":
    main()
