"""The sample reports of docs/samples: made-up companies, one for each kind of result."""
