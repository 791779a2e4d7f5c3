"""The faces of a workspace: which one draws which character, upright and turned."""
