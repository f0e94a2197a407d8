//! The binary: everything stands in the library, see [`madoguchi`].

fn main() -> std::process::ExitCode {
    madoguchi::cli::main()
}
