"""The system's services: folders put in place whole, locks, limits of processes, the clock. POSIX today."""
