"""How fast the site is made, beside the usual ways to make one."""
