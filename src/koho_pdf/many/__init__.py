"""Many issues at once, on all cores of this machine or on a Dask cluster. Issues that have not changed are not made
again.
"""
