# What notices say by mail, English. Nothing here has a place for a customer or for anything of a list.

subject-edition_installed = Edition { $number } was installed
text-edition_installed = Edition { $number } was installed. Customers are screened with it from now on.

subject-edition_past = Edition { $number } is past its last day
text-edition_past = Edition { $number } was valid until { $day } and is still in use. Receive the next one.

subject-screening_ended =
    { $n ->
        [one] 1 hit to review
       *[other] { $n } hits to review
    }
text-screening_ended =
    { $n ->
        [one] A screening ended. 1 hit is to be reviewed.
       *[other] A screening ended. { $n } hits are to be reviewed.
    }

subject-run-failed = { $run } failed
subject-run-missed = { $run } was missed
text-run-failed = { $run } failed, and nothing was kept of it. What was screened before still stands. The desk says why.
text-run-missed = { $run } did not run at its time, since the program was down. It runs once as soon as it can.
run-screening = A screening
run-changes = Taking in changed customers
run-schedule = The schedule { $name }

subject-applications_wait =
    { $n ->
        [one] 1 application waits
       *[other] { $n } applications wait
    }
text-applications_wait =
    { $n ->
        [one] 1 application of a new customer waits. It expires on { $day } at { $time } UTC.
       *[other] { $n } applications of new customers wait. The first expires on { $day } at { $time } UTC.
    }

subject-entry_withdrawn =
    { $n ->
        [one] 1 decision is open again
       *[other] { $n } decisions are open again
    }
text-entry_withdrawn =
    { $n ->
        [one] Something was withdrawn on which 1 decision rests. It is open again.
       *[other] Something was withdrawn on which { $n } decisions rest. They are open again.
    }

subject-test = Test
text-test = This is a test. Notices reach you.

at-the-desk = At the desk: { $address }
closing = This notice names no customer and nothing of a list. The desk shows the rest.
