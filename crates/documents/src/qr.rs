//! A text as a QR code, drawn as SVG.

use fast_qr::{ECL, QRBuilder};

/// The code as SVG, black on white, with the quiet zone of four modules that ISO/IEC 18004 asks for.
///
/// None if the text is too long for any code (about 2,300 bytes at this level).
pub fn svg(text: &str) -> Option<String> {
    // Level M restores 15 % of the code: enough for a folded sheet of paper.
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let size = code.size + 8;
    let mut path = String::new();
    for row in 0..code.size {
        let mut column = 0;
        while column < code.size {
            let run = (column..code.size).take_while(|place| code[row][*place].value()).count();
            if run > 0 {
                // One rectangle for each run of dark modules, so that no hairlines show between them.
                path += &format!("M{} {}h{run}v1h-{run}z", column + 4, row + 4);
            }
            column += run.max(1);
        }
    }
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##
    ))
}
