# Wat berichten per mail zeggen, Nederlands. Niets hierin heeft plaats voor een klant of voor iets van een lijst.

subject-edition_installed = Editie { $number } is geïnstalleerd
text-edition_installed = Editie { $number } is geïnstalleerd. Vanaf nu wordt hiermee gescreend.

subject-edition_past = Editie { $number } is over haar laatste dag heen
text-edition_past = Editie { $number } was geldig tot en met { $day } en is nog in gebruik. Ontvang de volgende.

subject-screening_ended =
    { $n ->
        [one] 1 treffer te beoordelen
       *[other] { $n } treffers te beoordelen
    }
text-screening_ended =
    { $n ->
        [one] Een screening is klaar. Er is 1 treffer te beoordelen.
       *[other] Een screening is klaar. Er zijn { $n } treffers te beoordelen.
    }

subject-run-failed = { $run } is mislukt
subject-run-missed = { $run } is gemist
text-run-failed = { $run } is mislukt, en er is niets van bewaard. Wat eerder is gescreend, blijft staan. Aan de balie staat waarom.
text-run-missed = { $run } liep niet op zijn tijd, omdat het programma niet draaide. Dat gebeurt alsnog één keer, zodra het kan.
run-screening = Een screening
run-changes = Het overnemen van gewijzigde klanten
run-schedule = Het schema { $name }

subject-applications_wait =
    { $n ->
        [one] 1 aanvraag wacht
       *[other] { $n } aanvragen wachten
    }
text-applications_wait =
    { $n ->
        [one] 1 aanvraag van een nieuwe klant wacht. Die vervalt op { $day } om { $time } UTC.
       *[other] { $n } aanvragen van nieuwe klanten wachten. De eerste vervalt op { $day } om { $time } UTC.
    }

subject-entry_withdrawn =
    { $n ->
        [one] 1 besluit is weer open
       *[other] { $n } besluiten zijn weer open
    }
text-entry_withdrawn =
    { $n ->
        [one] Er is iets ingetrokken waarop 1 besluit rust. Dat is weer open.
       *[other] Er is iets ingetrokken waarop { $n } besluiten rusten. Die zijn weer open.
    }

subject-test = Proef
text-test = Dit is een proef. Berichten bereiken u.

at-the-desk = Aan de balie: { $address }
closing = Dit bericht noemt geen klant en niets van een lijst. De balie toont de rest.
