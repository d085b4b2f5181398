"""Our Rasa components: thin, over the pure modules of ``bot.nlu``. Named in ``config.yml`` by their module path."""
