# Texts of the reports, English. Numbers named n arrive with their thousands apart.

months = January February March April May June July August September October November December
date = { $day } { $month } { $year }
seconds = { $seconds } s
clipped = ({ $length } characters)

title = Screening report
skip = Go to the hits
contents = Contents
confidential = Confidential: holds list contents and customer data.
confidential-long = Confidential. This report holds list contents and customer data. Share it only with those who review the hits, within what the issuer of each list allows, and delete it when the review is closed and its retention period has passed.

outcome =
    { $hits ->
        [one] 1 hit
       *[other] { $hits } hits
    } in { $customers ->
        [one] 1 customer
       *[other] { $customers } customers
    }
outcome-cannot-tell =
    { $n ->
        [0] Every customer had enough data to be compared.
        [one] 1 customer cannot be excluded: there is too little data.
       *[other] { $n } customers cannot be excluded: there is too little data.
    }
rule-review = A hit opens a review. It is never the ground on which a contract ends.
rule-name = A decision needs your own findings, and a name alone is never a strong hit.

class-strong = strong
class-probable = probable
class-weak = weak
class-none = none
class-strong-meaning = Distinctive identifiers agree. Review today.
class-probable-meaning = More speaks for than against. Review this week.
class-weak-meaning = Some likeness, often chance. Review as time allows.
class-not-asked = Not asked for in this run.
cannot-tell-meaning = Too little data to exclude a hit. Not clear.

nature-advisory = warning
nature-binding = legal stop
nature-internal = own list
nature-foreign = foreign list
nature-reputation = context only
nature-advisory-meaning = A warning. A hit asks for a review and obliges to nothing by itself.
nature-binding-meaning = A legal stop. If the review confirms the same party, nothing may be supplied to it; accepting the risk is not an outcome. Ask for legal advice at once.
nature-internal-meaning = Your own list of earlier bad experience. A hit asks for a review.
nature-foreign-meaning = A list without legal force here by itself. A hit asks for a review.
nature-reputation-meaning = Context for a review. It says nothing about who your customer is.
origin-verified = verified signature
origin-unverified = unverified: imported from a file

next = What to do next
next-binding = Start with the hits on a list that is a legal stop: have the same day confirmed or ruled out that it is the same party, with legal advice.
next-review = Review the strong hits first. Compare both sides with your own records and answer: same, not the same, or undecided.
next-decide = Decide about a contract only on your own grounds, with a second person where your rules ask for one.
next-cannot-tell =
    { $n ->
        [one] Complete the data of the customer who cannot be excluded, and screen again.
       *[other] Complete the data of the { $n } customers who cannot be excluded, and screen again.
    }
next-problems =
    { $n ->
        [one] Look at the one problem in the files: what was not read was not screened.
       *[other] Look at the { $n } problems in the files: what was not read was not screened.
    }
next-expired =
    { $n ->
        [one] Ask the issuer for a newer edition: one list was no longer valid on the day of the screening.
       *[other] Ask the issuers for newer editions: { $n } lists were no longer valid on the day of the screening.
    }
next-repeat = Screen again when a new edition arrives and when customers have been added.
next-keep = Keep this report: the manifest at its end proves what was screened with what.

lists = What was compared with
lists-lead = What a hit asks for depends on the list it is on.
list-issuer = Issuer
list-edition = Edition
list-entries = Entries
list-issued = Issued
list-valid-until = Valid until
list-handling = Handling
list-origin = Origin
expired = expired

carried = What carried the hits
carried-lead = How often each feature was the strongest reason of a hit, by class, and in how many further hits it supported another one.
feature = Compared
share = Share
supported = supported

hits = Hits
hits-lead = Each hit shows both sides beside each other: the value as found, and below it the value as compared. Differences are marked. Bars to the right speak for the same party, bars to the left against.
no-hits = No customer reached the threshold on any of the lists. Customers who cannot be excluded are listed below; they are not cleared.
shortened = Shown are the { $shown } hits with the highest score of { $total }. All of them are in the formats csv, xlsx, json and jsonl of the same screening.
hit = Hit
score = Score
customer = Customer
customers = Customers
entry = Entry on the list
row = row
suspended = under doubt
suspended-meaning = The issuer has this entry under doubt. Wait with a decision until it is confirmed or withdrawn.
reasons-summary =
    Reasons: { $for } for, { $against ->
        [0] none against
       *[other] { $against } against
    }
reasons-of = Reasons of hit
weight = Weight
for = for
against = against
relation = Relation
relation-equal = equal
relation-alike = alike
relation-differs = differs
compared-as = compared as
remark-ended = no longer valid since { $date }
remark-not-yet = not valid before { $date }
remark-unchecked = only the form was recognised; no check digit confirms it

linked = Linked customers (context, not hits)
more-linked =
    { $n ->
        [one] and 1 more
       *[other] and { $n } more
    }
shared-phone = same phone number
shared-email = same e-mail address
shared-address = same address
shared-wallet = same wallet
shared-domain = same domain
shared-ip = same IP address
shared-register-number = same register number
shared-vat-number = same VAT number
shared-name = same name

cannot-tell = Cannot tell
cannot-tell-none = Every customer had enough data to be compared.
cannot-tell-lead = These customers have too little data to exclude a hit. They are not clear: complete their data and screen again.
missing = What is missing
missing-no-name = no name
missing-name-only = nothing but a name
missing-nothing = no name and no identifier
more-rows =
    { $n ->
        [one] One more row is not shown here.
       *[other] { $n } more rows are not shown here.
    }

coverage = What could be compared
coverage-lead = Share of the customers with at least one value. What is missing cannot be found.
coverage-what = Value
coverage-share = Share
coverage-name = Name
coverage-email = E-mail address
coverage-phone = Phone number
coverage-domain = Domain or host name
coverage-address = Postal address
coverage-ip = IP address
coverage-register-number = Register or VAT number

problems = Problems in the files
problems-none = Every row of every file was read and understood.
problems-lead = What could not be read was left out; everything else was screened.
file = File
problem = Problem

manifest = Manifest
manifest-lead = With the same program, files and settings this screening can be repeated, and its result has the same hash.
manifest-what = What
manifest-value = Value
manifest-program = Program
manifest-started = Started
manifest-finished = Finished
manifest-duration = Duration
manifest-customers-file = Customers: file
manifest-customers-size = Customers: size
manifest-customers-rows = Customers: rows read
manifest-customers-left-out = Customers: rows left out
manifest-customers-screened = Customers: screened
manifest-customers-sha256 = Customers: SHA-256
manifest-list = List
manifest-list-file = List: file
manifest-list-sha256 = List: SHA-256
manifest-setting = Setting { $name }
manifest-settings-sha256 = Settings: SHA-256
manifest-minimum-class = Lowest class asked for
manifest-strong = Hits: strong
manifest-probable = Hits: probable
manifest-weak = Hits: weak
manifest-cannot-tell = Cannot tell
manifest-problems = Problems
manifest-result-sha256 = Result: SHA-256
manifest-exit = Exit code
exit-0 = no hit
exit-1 = at least one hit
exit-2 = something went wrong

column-class = Class
column-score = Score
column-reasons = Main reasons
table-more =
    { $n ->
        [one] 1 more hit is not shown here; write all of them to a file with --format html or xlsx and --out.
       *[other] { $n } more hits are not shown here; write all of them to a file with --format html or xlsx and --out.
    }
table-classes = { $strong } strong, { $probable } probable, { $weak } weak
table-coverage = Customers with
table-why = Why, and why not:

sheet-hits = Hits
sheet-reasons = Reasons
sheet-cannot-tell = Cannot tell
sheet-problems = Problems
sheet-manifest = Manifest
column-number = No.
column-customer-id = Customer id
column-customer-name = Customer
column-row = Row
column-entry-id = Entry id
column-entry-name = Entry
column-list = List
column-nature = Nature
column-linked = Linked customers
column-note = Note
column-customer-value = Customer: as found
column-customer-clean = Customer: as compared
column-entry-value = Entry: as found
column-entry-clean = Entry: as compared
column-remark = Remark
column-hint = What to do
sheet-shortened = A sheet has no room for more rows; the formats csv and jsonl have all of them.
reseller-draft = Draft: to be looked at by a lawyer before it is used
reseller-who = Who declares
reseller-signed = Signed
reseller-company = Company
reseller-register-number = Register and number
reseller-address = Address
reseller-owners = Who owns a quarter or more
reseller-abuse-contact = Address for abuse reports
reseller-sells = What is sold on, and where it is offered
reseller-name = Name
reseller-capacity = Signs as
reseller-place-and-day = Place and day
reseller-signature = Signature
reseller-declaration-title = Declaration of a reseller
reseller-declaration-lead = For customers who give the use of servers, addresses or other services on to customers of their own.
reseller-declaration-heading = We declare
reseller-declaration-1 = We sell services of our hosting company on to customers of our own, or will do so.
reseller-declaration-2 = We know who our customers are before they use a service: name, address, e-mail and telephone, and of a company its register number. We check at least one of these with a source that is not the customer.
reseller-declaration-3 = We keep this in a register, with the services and addresses that each customer uses and from when to when, until a year after the end of the contract.
reseller-declaration-4 = We do not offer our services as safe from complaints, from authorities or from being taken down, and do not advertise them where crime is traded.
reseller-declaration-5 = We read reports of abuse at the address above on every working day, act on them, and say what was done.
reseller-declaration-6 = Where there is a report of abuse or a legal duty, we tell our hosting company within two working days what our register holds of the customer concerned.
reseller-declaration-7 = We tell our hosting company within fourteen days if anything in this declaration changes, above all owners, contacts and what is sold on.
reseller-clause-title = Clause on end customers
reseller-clause-lead = Part of a contract with a customer who sells on. “End customer” is whoever uses the services through that customer.
reseller-clause-heading = End customers
reseller-clause-1 = The customer identifies each end customer before a service is used and keeps a register of end customers: who they are, how that was checked, which services and addresses they use, and from when to when.
reseller-clause-2 = The customer binds end customers to the acceptable use policy of the hosting company, and to this clause where they sell on themselves.
reseller-clause-3 = The customer keeps an address for reports of abuse that is read on every working day, and ends abuse within the time that a report sets.
reseller-clause-4 = On a reasoned request, for a report of abuse or a legal duty, the customer gives the entries of the register that concern it within two working days. Personal data are used for that purpose alone.
reseller-clause-5 = Offering the services as safe from complaints or authorities, hiding who an end customer is, or not keeping the register is a material breach.
reseller-clause-6 = After a material breach the hosting company may suspend the services concerned and, if it is not mended within the time it sets, end the contract. It states its reasons, and the customer can object.
reseller-column-id = number
reseller-example-id = C-001
reseller-column-company = company
reseller-example-company = Orchard Nine B.V.
reseller-column-person = person
reseller-example-person = A. Wilg
reseller-column-register-number = register and number
reseller-example-register-number = KvK 00012345
reseller-column-email = e-mail
reseller-example-email = info@orchard.example
reseller-column-phone = telephone
reseller-example-phone = +31 50 555 0100
reseller-column-address = address
reseller-example-address = Kade 12, 9700 AA Havenstad, NL
reseller-column-from = customer since
reseller-example-from = 2026-03-01
reseller-column-until = customer until
reseller-example-until = (empty while they are one)
reseller-column-addresses = services and addresses
reseller-example-addresses = VPS 2 GB, 192.0.2.7
