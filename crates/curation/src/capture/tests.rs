//! Whole files are taken; every cut and every changed byte that breaks a file is seen.

use std::io::Write;

use flate2::Crc;
use flate2::write::GzEncoder;

use super::*;

/// A picture of one black pixel.
fn picture() -> Vec<u8> {
    let mut bytes = png::SIGNATURE.to_vec();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(&[0, 0]).unwrap();
    let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    for (kind, data) in [(b"IHDR", header.to_vec()), (b"IDAT", zlib.finish().unwrap()), (b"IEND", Vec::new())]
    {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(&data);
        bytes.extend((data.len() as u32).to_be_bytes());
        bytes.extend(kind);
        bytes.extend(&data);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes
}

fn document() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer <<>>\nstartxref\n30\n%%EOF\n".to_vec()
}

const PAGE: &[u8] =
    b"<!DOCTYPE html>\n<html><head><title>a < b</title></head><body a=\"x > y\">1 < 2<!-- > --></body></html>\n";

fn record(body: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn archive() -> Vec<u8> {
    [record(b"HTTP/1.1 200 OK\r\n\r\nabuse ignored"), record(b"")].concat()
}

/// Every record is a gzip of its own, as crawlers write it.
fn packed() -> Vec<u8> {
    let pack = |bytes: &[u8]| {
        let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(bytes).unwrap();
        gzip.finish().unwrap()
    };
    [pack(&record(b"HTTP/1.1 200 OK\r\n\r\nabuse ignored")), pack(&record(b"second"))].concat()
}

fn recognised(bytes: &[u8]) -> Result<MediaType, CaptureError> {
    CapturedFile::recognise("capture", bytes).map(|file| file.media_type())
}

#[track_caller]
fn check_refused(bytes: &[u8], expected: &str) {
    let error = recognised(bytes).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert!(!error.hint().is_empty());
}

#[test]
fn files_are_recognised_by_their_first_bytes_and_kept_by_hash() {
    let files = [
        (PAGE.to_vec(), MediaType::Html),
        (picture(), MediaType::Png),
        (document(), MediaType::Pdf),
        (archive(), MediaType::Warc),
        (packed(), MediaType::WarcGz),
    ];
    for (bytes, expected) in files {
        let file = CapturedFile::recognise("capture", &bytes).unwrap();
        assert_eq!(file.media_type(), expected);
        assert!(file.is(&bytes) && !file.is(&bytes[1..]));
        assert_eq!(file.sha256(), Sha256Hash::of(&bytes));
        assert_eq!(MediaType::from_name(expected.name()), Some(expected));
    }
    assert_eq!(recognised(b"\xef\xbb\xbf  <html lang=ru>").unwrap(), MediaType::Html);
    assert_eq!(recognised(b"<?xml version='1.0'?>\n<html></html>").unwrap(), MediaType::Html);
}

#[test]
fn other_files_are_refused() {
    check_refused(b"", "the file is empty");
    check_refused(b"MZ\x90\x00", "the file is neither HTML, PNG, PDF nor WARC; it begins with 4d 5a 90 00");
    check_refused(
        b"just text",
        "the file is neither HTML, PNG, PDF nor WARC; it begins with 6a 75 73 74 20 74 65 78",
    );
}

#[test]
fn a_file_that_was_cut_anywhere_is_refused() {
    let (picture, archive, packed) = (picture(), archive(), packed());
    let first_record = record(b"HTTP/1.1 200 OK\r\n\r\nabuse ignored").len();
    for length in 0..picture.len() {
        assert!(recognised(&picture[..length]).is_err(), "PNG of {length} bytes");
    }
    for length in (0..archive.len()).filter(|length| *length != first_record) {
        assert!(recognised(&archive[..length]).is_err(), "WARC of {length} bytes");
    }
    let whole_members = (0..packed.len()).filter(|length| recognised(&packed[..*length]).is_ok()).count();
    assert_eq!(whole_members, 1, "only a file that ends after the first record can pass for a whole one");
    let document = document();
    for length in 0..document.len() - 1 {
        assert!(recognised(&document[..length]).is_err(), "PDF of {length} bytes");
    }
}

#[test]
fn a_changed_byte_in_a_picture_or_a_packed_archive_is_seen() {
    for bytes in [picture(), packed()] {
        let mut unseen = 0;
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 0x40;
            unseen += usize::from(recognised(&changed).is_ok());
        }
        // Seven bytes in the head of each gzip say nothing of its content: time, system, unused flags.
        assert!(unseen <= 14, "{unseen} of {} changed bytes were not seen", bytes.len());
    }
}

#[test]
fn damage_is_told_with_its_place() {
    let mut broken = picture();
    broken[20] ^= 1;
    check_refused(
        &broken,
        "the image/png is damaged at byte 8: found a chunk whose checksum is wrong, expected the bytes that were captured",
    );
    check_refused(
        &document()[..40],
        "the application/pdf is damaged at byte 40: found the end of the file, expected the end mark %%EOF",
    );
    check_refused(
        b"<html><body><div cla",
        "the text/html is damaged at byte 12: found the end of the file, expected the end of a tag",
    );
    check_refused(
        b"<html><script>let a = '<b>'",
        "the text/html is damaged at byte 6: found the end of the file, expected the end of a script, style or text area",
    );
    check_refused(
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nshort",
        "the application/warc is damaged at byte 53: found the end of the file, expected as many bytes as the record says",
    );
    check_refused(
        b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        "the application/warc is damaged at byte 0: found a head without WARC-Type, expected the type of the record",
    );
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&record(&vec![0; 1 << 20])).unwrap();
    let bomb = gzip.finish().unwrap();

    let error = warc::check_packed(&bomb, 1 << 16).unwrap_err();

    assert_eq!(error, CaptureError::TooLarge { media_type: MediaType::WarcGz, limit_bytes: 1 << 16 });
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(start in 0usize..5, bytes: Vec<u8>) {
        let starts: [&[u8]; 5] = [b"<html", png::SIGNATURE, b"%PDF-1.7", b"WARC/1.1\r\n", &[0x1f, 0x8b, 8]];
        let _ = recognised(&[starts[start], &bytes].concat());
    }
}
