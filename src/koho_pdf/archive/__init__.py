"""The archive: past issues kept whole, read and found again, ours and those that exist only as PDFs."""
