"""The archive: past issues kept whole and found again, our own and those that exist only as PDFs."""
