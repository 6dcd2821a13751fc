"""What people read: every sentence a citizen can receive, and in `staff/` what the office reads.

A language is one file, `languages/<tag>.py`; what it has to say stands in `sentences.py`. The other modules here say
one of those sentences, filled in: `replies` in conversation, `cases` about a report, `contests`, and of alerts
`scenarios`, `follow_ups` and `alert_page`.

To add a language: put its tag into `domain/languages.py`, and copy a file of `languages/` under that name (`ro.py`;
`de-easy` is `de_easy.py`). The type checker names each sentence that is missing, the tests each that does not fit.
Everybody can then choose it from the list that "language" brings. What people write in it themselves is taught in
`domain/understanding/vocabulary.py`, and a town warns in it once its file has an approved template for warnings in it.
"""
