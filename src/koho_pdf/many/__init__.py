"""Many issues at once: every core of this machine, or a Dask cluster; what has not changed is not made again."""
