//! Help, exit codes and what is said about wrong arguments.

use crate::program::Desk;

#[test]
fn the_help_names_every_command_and_the_exit_codes() {
    let help = Desk::empty().run("--help");

    assert_eq!(help.status, 0);
    for word in
        ["demo", "screen", "compare", "explain", "list", "customers", "Exit codes", "no hit", "went wrong"]
    {
        assert!(help.stdout.contains(word), "{word} is missing in:\n{}", help.stdout);
    }
}

#[test]
fn a_wrong_argument_ends_with_2() {
    for arguments in
        ["", "screen", "screen customers.csv", "sceen", "screen customers.csv --list list.json --class all"]
    {
        assert_eq!(Desk::new().run(arguments).status, 2, "{arguments}");
    }
}

#[test]
fn a_name_that_tells_no_format_is_refused_before_anything_is_read() {
    let ran = Desk::new().run("screen nowhere.csv --list list.json --out hits.pdf");

    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("hits.pdf does not tell the form"), "{}", ran.stderr);
    assert!(ran.stderr.contains("hint: "), "{}", ran.stderr);
}
