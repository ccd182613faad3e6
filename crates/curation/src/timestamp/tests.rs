//! Answers of two services made with OpenSSL 3.0 for one file, and everything that can be wrong with them.
//!
//! The files under `tests/timestamps` were made once with `openssl ts -reply` for `request.tsq`; their
//! certificates are invented and end in 2046.

use super::*;

const REQUEST: &[u8] = include_bytes!("../../tests/timestamps/request.tsq");
const EC: &[u8] = include_bytes!("../../tests/timestamps/ec-granted.tsr");
const EC_ROOT: &[u8] = include_bytes!("../../tests/timestamps/ec-root.der");
const RSA: &[u8] = include_bytes!("../../tests/timestamps/rsa-granted.tsr");
const RSA_ROOT: &[u8] = include_bytes!("../../tests/timestamps/rsa-root.der");
const BY_SHA1: &[u8] = include_bytes!("../../tests/timestamps/certificate-named-by-sha1.tsr");
const REFUSED: &[u8] = include_bytes!("../../tests/timestamps/refused.tsr");
const OTHER_ROOT: &[u8] = include_bytes!("../../tests/timestamps/other-root.der");

fn request() -> TimeStampRequest {
    TimeStampRequest::new(Sha256Hash::of(b"the advert as it was captured"), 0x0123_4567_89ab_cdef)
}

fn trust(root: &[u8]) -> TimeStampTrust {
    TimeStampTrust::from_der([root]).unwrap()
}

#[track_caller]
fn check_refused(request: TimeStampRequest, response: &[u8], root: &[u8], expected: TimeStampError) {
    let error = request.verify(response, &trust(root)).unwrap_err();
    assert_eq!(error, expected);
    assert!(!error.hint().is_empty());
}

#[test]
fn a_request_is_what_openssl_understands() {
    assert_eq!(request().to_der(), REQUEST);
    assert_eq!(TimeStampRequest::from_der(REQUEST), Ok(request()));
    for random in [0, 1, u64::MAX, 1 << 63] {
        let request = TimeStampRequest::new(request().file, random);
        assert_eq!(TimeStampRequest::from_der(&request.to_der()), Ok(request));
    }
}

#[test]
fn answers_with_ec_and_rsa_keys_count() {
    for (response, root) in [(EC, EC_ROOT), (RSA, RSA_ROOT), (BY_SHA1, EC_ROOT)] {
        let stamp = request().verify(response, &trust(root)).unwrap();

        assert_eq!(stamp.file(), request().file());
        assert_eq!(stamp.policy(), "1.3.6.1.4.1.99999.1");
        assert!(stamp.at().to_string().starts_with("2026-11-25T23:"), "{stamp}");
    }
}

#[test]
fn an_answer_for_another_file_or_question_does_not_count() {
    let other_file = TimeStampRequest::new(Sha256Hash::of(b"another file"), 0x0123_4567_89ab_cdef);
    let other_question = TimeStampRequest::new(request().file, 7);

    check_refused(other_file, EC, EC_ROOT, TimeStampError::OtherFile);
    check_refused(other_question, EC, EC_ROOT, TimeStampError::OtherQuestion);
}

#[test]
fn a_refusal_of_the_service_is_told() {
    check_refused(request(), REFUSED, EC_ROOT, TimeStampError::NotGranted { status: 2 });
}

#[test]
fn a_service_that_is_not_trusted_does_not_count() {
    for (response, root) in [(EC, OTHER_ROOT), (EC, RSA_ROOT), (RSA, EC_ROOT)] {
        let error = request().verify(response, &trust(root)).unwrap_err();
        assert!(matches!(error, TimeStampError::NotTrusted { .. }), "{error}");
    }
    assert_eq!(
        TimeStampTrust::from_der([&b"no certificate"[..]]).unwrap_err(),
        TimeStampError::RootNotReadable
    );
}

#[test]
fn no_changed_or_missing_byte_passes() {
    let genuine = request().verify(EC, &trust(EC_ROOT)).unwrap();
    let mut passed = Vec::new();
    for place in 0..EC.len() {
        for change in [0x01, 0x80] {
            let mut response = EC.to_vec();
            response[place] ^= change;
            if let Ok(stamp) = request().verify(&response, &trust(EC_ROOT)) {
                // Where nothing is signed (the status says granted in two ways), nothing may come of it.
                assert_eq!(stamp, genuine, "byte {place}");
                passed.push(place);
            }
        }
        assert!(request().verify(&EC[..place], &trust(EC_ROOT)).is_err(), "cut at {place}");
    }
    assert!(passed.len() < 60, "changed bytes that changed nothing: {passed:?}");
}

#[test]
fn moments_with_parts_of_a_second_are_read() {
    let at = |text: &str| {
        let mut info = info();
        info.set_moment(text);
        info.at().map(|at| at.to_string())
    };
    assert_eq!(at("20260301120000Z"), Ok("2026-03-01T12:00:00Z".to_owned()));
    assert_eq!(at("20260301120000.25Z"), Ok("2026-03-01T12:00:00.25Z".to_owned()));
    for text in ["20260301120000", "20261301120000Z", "2026030112Z", "20260301120000.Z", "2026030112000xZ"] {
        assert_eq!(at(text), Err(TimeStampError::NoMoment), "{text}");
    }
}

fn info() -> token::TstInfo {
    let response = TimeStampResp::from_der(EC).unwrap();
    token::Token::read(&response.time_stamp_token.unwrap()).unwrap().info
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let _ = request().verify(&bytes, &trust(EC_ROOT));
        let _ = TimeStampRequest::from_der(&bytes);
    }
}
