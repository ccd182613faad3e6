//! Customer exports into customers.
