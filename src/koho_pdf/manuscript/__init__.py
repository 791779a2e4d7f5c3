"""The manuscript room: the editor's YAML file becomes a closed, frozen ``Issue`` or a list of all its mistakes."""
