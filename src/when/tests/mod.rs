//! Tests of what people say of time.
