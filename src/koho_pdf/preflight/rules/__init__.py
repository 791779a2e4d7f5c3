"""What the facts are judged by: each rule tells its findings and opens no file."""
