"""Mail as such: addresses, messages, sealing, pace and mail servers. The rows are ``services.outbox``."""
