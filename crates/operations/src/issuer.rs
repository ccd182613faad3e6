//! What the issuer does: from evidence to deliveries and back to contests and receipts.
