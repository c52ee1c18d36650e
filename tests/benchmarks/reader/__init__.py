"""What a reader waits for, beside the usual ways to put such a chart on the web."""
