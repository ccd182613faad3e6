//! The table of features: what a reviewer reads.

use crate::Feature;

macro_rules! features {
    ($($variant:ident $name:literal $en:literal $nl:literal)*) => {
        /// What one piece of identifier evidence says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum IdentifierFeature { $($variant),* }

        impl IdentifierFeature {
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }

        /// Every identifier feature, in the order of [`IdentifierFeature::ALL`].
        pub const IDENTIFIER_FEATURES: &[Feature] = &[$(Feature { name: $name, en: $en, nl: $nl }),*];
    };
}

features! {
    SameLei "same_lei" "same Legal Entity Identifier" "zelfde Legal Entity Identifier"
    SameEmail "same_email" "same e-mail address" "zelfde e-mailadres"
    SameMailbox "same_mailbox" "e-mail addresses that end in the same box" "e-mailadressen die in dezelfde postbus uitkomen"
    SameJabber "same_jabber" "same Jabber address" "zelfde Jabber-adres"
    SameDomain "same_domain" "same domain" "zelfde domein"
    EmailAtListedDomain "email_at_listed_domain" "e-mail address at a listed domain" "e-mailadres op een vermeld domein"
    ListedEmailAtDomain "listed_email_at_domain" "listed e-mail address at the customer's domain" "vermeld e-mailadres op het domein van de klant"
    SameEmailDomain "same_email_domain" "e-mail addresses at the same own domain" "e-mailadressen op hetzelfde eigen domein"
    SameRegisterNumber "same_register_number" "same register number" "zelfde registernummer"
    SameVatNumber "same_vat_number" "same VAT number" "zelfde btw-nummer"
    SameCompanyNumber "same_company_number" "register number and VAT number agree" "registernummer en btw-nummer komen overeen"
    SameWallet "same_wallet" "same crypto wallet" "zelfde cryptowallet"
    SamePgpKey "same_pgp_key" "same PGP key" "zelfde PGP-sleutel"
    SameTox "same_tox" "same Tox key" "zelfde Tox-sleutel"
    SameSession "same_session" "same Session account" "zelfde Session-account"
    SameTelegramId "same_telegram_id" "same Telegram account number" "zelfde Telegram-accountnummer"
    SameSshKey "same_ssh_key" "same SSH host key" "zelfde SSH-hostsleutel"
    SameTlsKey "same_tls_key" "same TLS key" "zelfde TLS-sleutel"
    SameCertificate "same_certificate" "same TLS certificate" "zelfde TLS-certificaat"
    NameServerUnderListedDomain "name_server_under_listed_domain" "name server under a listed domain" "nameserver onder een vermeld domein"
    ListedNameServerUnderDomain "listed_name_server_under_domain" "listed name server under the customer's domain" "vermelde nameserver onder het domein van de klant"
    SameNameServerDomain "same_name_server_domain" "name servers under the same domain" "nameservers onder hetzelfde domein"
    HostUnderListedDomain "host_under_listed_domain" "host under a listed domain" "host onder een vermeld domein"
    ListedHostUnderDomain "listed_host_under_domain" "listed host under the customer's domain" "vermelde host onder het domein van de klant"
    SameHostDomain "same_host_domain" "hosts under the same domain" "hosts onder hetzelfde domein"
    SamePhone "same_phone" "same phone number" "zelfde telefoonnummer"
    SimilarPhone "similar_phone" "same phone number but for the country code" "zelfde telefoonnummer op de landcode na"
    SameRange "same_range" "same address range" "zelfde adresreeks"
    InListedRange "in_listed_range" "address inside a listed range" "adres binnen een vermelde reeks"
    ListedRangeInside "listed_range_inside" "listed range inside the customer's range" "vermelde reeks binnen die van de klant"
    OverlappingRanges "overlapping_ranges" "address ranges overlap" "adresreeksen overlappen"
    SameAsn "same_asn" "same AS number" "zelfde AS-nummer"
    SameRipeHandle "same_ripe_handle" "same registry handle" "zelfde handle in het adresregister"
    SameMatrix "same_matrix" "same Matrix account" "zelfde Matrix-account"
    SameIcq "same_icq" "same ICQ number" "zelfde ICQ-nummer"
    SameForumNick "same_forum_nick" "same name on the same forum" "zelfde naam op hetzelfde forum"
    SameHandle "same_handle" "same handle" "zelfde schermnaam"
    HandleInEmail "handle_in_email" "handle used as e-mail name" "schermnaam gebruikt als e-mailnaam"
    LookalikeDomain "lookalike_domain" "look-alike domain" "domein dat erop lijkt"
    SameAddress "same_address" "same postal address" "zelfde postadres"
    SameNetName "same_net_name" "same network name" "zelfde netwerknaam"
    SameJarm "same_jarm" "same TLS server fingerprint (JARM)" "zelfde TLS-servervingerafdruk (JARM)"
    SameFavicon "same_favicon" "same site icon" "zelfde site-icoon"
    SameBirthDate "same_birth_date" "same birth date" "zelfde geboortedatum"
    SimilarBirthDate "similar_birth_date" "birth dates differ by one slip" "geboortedata verschillen één tikfout"
    SameBirthYear "same_birth_year" "same birth year" "zelfde geboortejaar"
    SimilarStreet "similar_street" "similar street" "gelijkende straat"
    SameHouseNumber "same_house_number" "same house number" "zelfde huisnummer"
    SamePostcode "same_postcode" "same postcode" "zelfde postcode"
    SimilarPostcode "similar_postcode" "postcodes differ by one slip" "postcodes verschillen één tikfout"
    SameCity "same_city" "same city" "zelfde plaats"
    SameMailName "same_mail_name" "same name before the @ at shared mail providers" "zelfde naam vóór de @ bij gedeelde maildiensten"
    SameNick "same_nick" "same nick, forum not the same or not known" "zelfde bijnaam, forum niet gelijk of onbekend"
    SameCountry "same_country" "same country" "zelfde land"
    AddressConflict "address_conflict" "another address in the same country" "ander adres in hetzelfde land"
    OtherStreetInTown "other_street_in_town" "another street in the same town" "andere straat in dezelfde plaats"
    PhoneConflict "phone_conflict" "other phone numbers in the same country" "andere telefoonnummers in hetzelfde land"
    BirthDateConflict "birth_date_conflict" "another birth date" "andere geboortedatum"
}

impl IdentifierFeature {
    pub const fn feature(self) -> &'static Feature {
        &IDENTIFIER_FEATURES[self as usize]
    }

    pub const fn name(self) -> &'static str {
        self.feature().name
    }
}
