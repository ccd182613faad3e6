# Teksten van de rapporten, Nederlands. Getallen met de naam n komen binnen met punten tussen de duizendtallen.

months = januari februari maart april mei juni juli augustus september oktober november december
date = { $day_padded }-{ $month_padded }-{ $year }
seconds = { $seconds } s
clipped = ({ $length } tekens)

title = Screeningsrapport
skip = Naar de treffers
contents = Inhoud
confidential = Vertrouwelijk: bevat lijstinhoud en klantgegevens.
confidential-long = Vertrouwelijk. Dit rapport bevat lijstinhoud en klantgegevens. Deel het alleen met wie de treffers beoordeelt, binnen wat de uitgever van elke lijst toestaat, en verwijder het als de beoordeling is afgesloten en de bewaartermijn voorbij is.

outcome =
    { $hits ->
        [one] 1 treffer
       *[other] { $hits } treffers
    } bij { $customers ->
        [one] 1 klant
       *[other] { $customers } klanten
    }
outcome-cannot-tell =
    { $n ->
        [0] Van elke klant waren genoeg gegevens om te vergelijken.
        [one] 1 klant kan niet worden uitgesloten: er zijn te weinig gegevens.
       *[other] { $n } klanten kunnen niet worden uitgesloten: er zijn te weinig gegevens.
    }
rule-review = Een treffer opent een beoordeling. Hij is nooit de grond waarop een contract eindigt.
rule-name = Een besluit vraagt eigen bevindingen, en een naam alleen is nooit een sterke treffer.

class-strong = sterk
class-probable = waarschijnlijk
class-weak = zwak
class-none = geen
class-strong-meaning = Onderscheidende kenmerken komen overeen. Vandaag beoordelen.
class-probable-meaning = Er spreekt meer voor dan tegen. Deze week beoordelen.
class-weak-meaning = Enige gelijkenis, vaak toeval. Beoordelen als er tijd is.
class-not-asked = In deze screening niet gevraagd.
cannot-tell-meaning = Te weinig gegevens om een treffer uit te sluiten. Niet in orde bevonden.

nature-advisory = waarschuwing
nature-binding = wettelijk verbod
nature-internal = eigen lijst
nature-foreign = buitenlandse lijst
nature-reputation = alleen context
nature-advisory-meaning = Een waarschuwing. Een treffer vraagt een beoordeling en verplicht op zichzelf tot niets.
nature-binding-meaning = Een wettelijk verbod. Bevestigt de beoordeling dat het om dezelfde partij gaat, dan mag daaraan niets worden geleverd; het risico aanvaarden is geen uitkomst. Vraag direct juridisch advies.
nature-internal-meaning = Uw eigen lijst van eerdere slechte ervaringen. Een treffer vraagt een beoordeling.
nature-foreign-meaning = Een lijst die hier op zichzelf geen rechtskracht heeft. Een treffer vraagt een beoordeling.
nature-reputation-meaning = Context bij een beoordeling. Zegt niets over wie uw klant is.
origin-verified = handtekening gecontroleerd
origin-unverified = niet gecontroleerd: uit een bestand ingelezen

next = Wat nu te doen
next-binding = Begin met de treffers op een lijst met een wettelijk verbod: laat dezelfde dag met juridisch advies bevestigen of uitsluiten dat het om dezelfde partij gaat.
next-review = Beoordeel de sterke treffers eerst. Vergelijk beide kanten met uw eigen gegevens en antwoord: dezelfde, niet dezelfde, of onbeslist.
next-decide = Besluit over een contract alleen op eigen gronden, met een tweede persoon waar uw regels die vragen.
next-cannot-tell =
    { $n ->
        [one] Vul de gegevens aan van de klant die niet kan worden uitgesloten, en screen opnieuw.
       *[other] Vul de gegevens aan van de { $n } klanten die niet kunnen worden uitgesloten, en screen opnieuw.
    }
next-problems =
    { $n ->
        [one] Bekijk het ene probleem in de bestanden: wat niet is gelezen, is niet gescreend.
       *[other] Bekijk de { $n } problemen in de bestanden: wat niet is gelezen, is niet gescreend.
    }
next-expired =
    { $n ->
        [one] Vraag de uitgever om een nieuwere editie: één lijst was op de dag van de screening niet meer geldig.
       *[other] Vraag de uitgevers om nieuwere edities: { $n } lijsten waren op de dag van de screening niet meer geldig.
    }
next-repeat = Screen opnieuw als er een nieuwe editie komt en als er klanten zijn bijgekomen.
next-keep = Bewaar dit rapport: de verantwoording aan het eind bewijst wat waarmee is gescreend.

lists = Waarmee is vergeleken
lists-lead = Wat een treffer vraagt, hangt af van de lijst waarop hij staat.
list-issuer = Uitgever
list-edition = Editie
list-entries = Vermeldingen
list-issued = Uitgegeven
list-valid-until = Geldig tot en met
list-handling = Omgang
list-origin = Herkomst
expired = verlopen

carried = Wat de treffers droeg
carried-lead = Hoe vaak elk kenmerk de sterkste reden van een treffer was, per klasse, en in hoeveel andere treffers het een ander kenmerk ondersteunde.
feature = Vergeleken
share = Aandeel
supported = ondersteunde

hits = Treffers
hits-lead = Elke treffer toont beide kanten naast elkaar: de waarde zoals gevonden, en daaronder zoals vergeleken. Verschillen zijn gemarkeerd. Balken naar rechts spreken vóór dezelfde partij, balken naar links ertegen.
no-hits = Geen enkele klant haalde de drempel op een van de lijsten. Klanten die niet kunnen worden uitgesloten staan hieronder; zij zijn niet in orde bevonden.
shortened = Getoond zijn de { $shown } treffers met de hoogste score van { $total }. Alle treffers staan in de vormen csv, xlsx, json en jsonl van dezelfde screening.
hit = Treffer
score = Score
customer = Klant
customers = Klanten
entry = Vermelding op de lijst
row = rij
suspended = in twijfel
suspended-meaning = De uitgever twijfelt aan deze vermelding. Wacht met een besluit tot zij is bevestigd of ingetrokken.
reasons-summary =
    Redenen: { $for } voor, { $against ->
        [0] geen tegen
       *[other] { $against } tegen
    }
reasons-of = Redenen van treffer
weight = Gewicht
for = voor
against = tegen
relation = Verhouding
relation-equal = gelijk
relation-alike = lijkt erop
relation-differs = verschilt
compared-as = vergeleken als
remark-ended = niet meer geldig sinds { $date }
remark-not-yet = niet geldig vóór { $date }
remark-unchecked = alleen de vorm is herkend; geen controlecijfer bevestigt het

linked = Verbonden klanten (context, geen treffers)
more-linked =
    { $n ->
        [one] en nog 1
       *[other] en nog { $n }
    }
shared-phone = zelfde telefoonnummer
shared-email = zelfde e-mailadres
shared-address = zelfde adres
shared-wallet = zelfde wallet
shared-domain = zelfde domein
shared-ip = zelfde IP-adres
shared-register-number = zelfde registernummer
shared-vat-number = zelfde btw-nummer
shared-name = zelfde naam

cannot-tell = Niet uit te sluiten
cannot-tell-none = Van elke klant waren genoeg gegevens om te vergelijken.
cannot-tell-lead = Deze klanten hebben te weinig gegevens om een treffer uit te sluiten. Zij zijn niet in orde bevonden: vul de gegevens aan en screen opnieuw.
missing = Wat ontbreekt
missing-no-name = geen naam
missing-name-only = niets dan een naam
missing-nothing = geen naam en geen kenmerk
more-rows =
    { $n ->
        [one] Nog één rij is hier niet getoond.
       *[other] Nog { $n } rijen zijn hier niet getoond.
    }

coverage = Wat vergeleken kon worden
coverage-lead = Aandeel van de klanten met ten minste één waarde. Wat ontbreekt, kan niet worden gevonden.
coverage-what = Waarde
coverage-share = Aandeel
coverage-name = Naam
coverage-email = E-mailadres
coverage-phone = Telefoonnummer
coverage-domain = Domein of hostnaam
coverage-address = Postadres
coverage-ip = IP-adres
coverage-register-number = Register- of btw-nummer

problems = Problemen in de bestanden
problems-none = Elke rij van elk bestand is gelezen en begrepen.
problems-lead = Wat niet te lezen was, is weggelaten; al het andere is gescreend.
file = Bestand
problem = Probleem

manifest = Verantwoording
manifest-lead = Met hetzelfde programma, dezelfde bestanden en instellingen is deze screening te herhalen, en heeft de uitkomst dezelfde hash.
manifest-what = Wat
manifest-value = Waarde
manifest-program = Programma
manifest-started = Begonnen
manifest-finished = Klaar
manifest-duration = Duur
manifest-customers-file = Klanten: bestand
manifest-customers-size = Klanten: grootte
manifest-customers-rows = Klanten: rijen gelezen
manifest-customers-left-out = Klanten: rijen weggelaten
manifest-customers-screened = Klanten: gescreend
manifest-customers-sha256 = Klanten: SHA-256
manifest-list = Lijst
manifest-list-file = Lijst: bestand
manifest-list-sha256 = Lijst: SHA-256
manifest-setting = Instelling { $name }
manifest-settings-sha256 = Instellingen: SHA-256
manifest-minimum-class = Laagste gevraagde klasse
manifest-strong = Treffers: sterk
manifest-probable = Treffers: waarschijnlijk
manifest-weak = Treffers: zwak
manifest-cannot-tell = Niet uit te sluiten
manifest-problems = Problemen
manifest-result-sha256 = Uitkomst: SHA-256
manifest-exit = Exitcode
exit-0 = geen treffer
exit-1 = ten minste één treffer
exit-2 = er ging iets mis

column-class = Klasse
column-score = Score
column-reasons = Voornaamste redenen
table-more =
    { $n ->
        [one] Nog 1 treffer is hier niet getoond; schrijf ze alle naar een bestand met --format html of xlsx en --out.
       *[other] Nog { $n } treffers zijn hier niet getoond; schrijf ze alle naar een bestand met --format html of xlsx en --out.
    }
table-classes = { $strong } sterk, { $probable } waarschijnlijk, { $weak } zwak
table-coverage = Klanten met
table-why = Waarom wel en waarom niet:

sheet-hits = Treffers
sheet-reasons = Redenen
sheet-cannot-tell = Niet uit te sluiten
sheet-problems = Problemen
sheet-manifest = Verantwoording
column-number = Nr.
column-customer-id = Klantnummer
column-customer-name = Klant
column-row = Rij
column-entry-id = Vermeldingnummer
column-entry-name = Vermelding
column-list = Lijst
column-nature = Aard
column-linked = Verbonden klanten
column-note = Opmerking
column-customer-value = Klant: zoals gevonden
column-customer-clean = Klant: zoals vergeleken
column-entry-value = Vermelding: zoals gevonden
column-entry-clean = Vermelding: zoals vergeleken
column-remark = Bijzonderheid
column-hint = Wat te doen
sheet-shortened = Een blad heeft geen plaats voor meer rijen; de vormen csv en jsonl hebben ze alle.
reseller-draft = Concept: eerst door een jurist te bekijken
reseller-who = Wie verklaart
reseller-signed = Getekend
reseller-company = Bedrijf
reseller-register-number = Register en nummer
reseller-address = Adres
reseller-owners = Wie een kwart of meer bezit
reseller-abuse-contact = Adres voor abuse-meldingen
reseller-sells = Wat wordt doorverkocht, en waar het wordt aangeboden
reseller-name = Naam
reseller-capacity = Tekent als
reseller-place-and-day = Plaats en datum
reseller-signature = Handtekening
reseller-declaration-title = Verklaring van een wederverkoper
reseller-declaration-lead = Voor klanten die het gebruik van servers, adressen of andere diensten doorgeven aan eigen klanten.
reseller-declaration-heading = Wij verklaren
reseller-declaration-1 = Wij verkopen diensten van onze hoster door aan eigen klanten, of gaan dat doen.
reseller-declaration-2 = Wij weten wie onze klanten zijn voordat zij een dienst gebruiken: naam, adres, e-mail en telefoon, en van een bedrijf het registernummer. Minstens een daarvan controleren wij bij een bron die niet de klant zelf is.
reseller-declaration-3 = Wij houden dit bij in een register, met de diensten en adressen die elke klant gebruikt en van wanneer tot wanneer, tot een jaar na het einde van het contract.
reseller-declaration-4 = Wij bieden onze diensten niet aan als veilig voor klachten, voor de overheid of voor offline halen, en adverteren er niet mee waar misdaad wordt verhandeld.
reseller-declaration-5 = Wij lezen abuse-meldingen op het adres hierboven op elke werkdag, treden op, en zeggen wat er is gedaan.
reseller-declaration-6 = Bij een abuse-melding of een wettelijke plicht zeggen wij onze hoster binnen twee werkdagen wat ons register over de betrokken klant bevat.
reseller-declaration-7 = Wij melden onze hoster binnen veertien dagen als iets in deze verklaring verandert, vooral eigenaren, contacten en wat wordt doorverkocht.
reseller-clause-title = Clausule over eindklanten
reseller-clause-lead = Deel van een contract met een klant die doorverkoopt. “Eindklant” is ieder die de diensten via die klant gebruikt.
reseller-clause-heading = Eindklanten
reseller-clause-1 = De klant stelt van elke eindklant vast wie het is voordat een dienst wordt gebruikt, en houdt een register van eindklanten bij: wie zij zijn, hoe dat is gecontroleerd, welke diensten en adressen zij gebruiken, en van wanneer tot wanneer.
reseller-clause-2 = De klant bindt eindklanten aan het gebruiksbeleid van de hoster, en aan deze clausule als zij zelf doorverkopen.
reseller-clause-3 = De klant heeft een adres voor abuse-meldingen dat op elke werkdag wordt gelezen, en beëindigt misbruik binnen de termijn die een melding stelt.
reseller-clause-4 = Op gemotiveerd verzoek, bij een abuse-melding of een wettelijke plicht, geeft de klant binnen twee werkdagen wat het register daarover bevat. Persoonsgegevens worden alleen daarvoor gebruikt.
reseller-clause-5 = De diensten aanbieden als veilig voor klachten of overheid, verbergen wie een eindklant is, of het register niet bijhouden is een wezenlijke tekortkoming.
reseller-clause-6 = Na een wezenlijke tekortkoming mag de hoster de betrokken diensten opschorten en, als zij niet binnen de gestelde termijn is hersteld, het contract beëindigen. De hoster zegt waarom, en de klant kan bezwaar maken.
reseller-column-id = nummer
reseller-example-id = C-001
reseller-column-company = bedrijf
reseller-example-company = Orchard Nine B.V.
reseller-column-person = persoon
reseller-example-person = A. Wilg
reseller-column-register-number = register en nummer
reseller-example-register-number = KvK 00012345
reseller-column-email = e-mail
reseller-example-email = info@orchard.example
reseller-column-phone = telefoon
reseller-example-phone = +31 50 555 0100
reseller-column-address = adres
reseller-example-address = Kade 12, 9700 AA Havenstad, NL
reseller-column-from = klant sinds
reseller-example-from = 2026-03-01
reseller-column-until = klant tot
reseller-example-until = (leeg zolang zij klant zijn)
reseller-column-addresses = diensten en adressen
reseller-example-addresses = VPS 2 GB, 192.0.2.7
