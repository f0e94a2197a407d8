//! Every integration test of the desk, in one binary.
