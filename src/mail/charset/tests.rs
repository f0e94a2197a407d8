//! Bytes as mail brings them.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, UTF_8};

use super::{Surroundings, decode};

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

#[test]
fn whatever_the_label_says() {
    let japanese = "①㈱髙﨑からのお知らせ：姉妹都市の提携について";
    for (bytes, label, text) in [
        (encoded("姉妹都市", ISO_2022_JP), Some("iso-2022-jp"), "姉妹都市"),
        (encoded("姉妹都市", ISO_2022_JP), None, "姉妹都市"),
        (encoded("姉妹都市", ISO_2022_JP), Some("utf-8"), "姉妹都市"),
        (encoded("姉妹都市", ISO_2022_JP), Some("iso-2022-jp-ms"), "姉妹都市"),
        (encoded(japanese, SHIFT_JIS), Some("cp932"), japanese),
        (encoded(japanese, SHIFT_JIS), Some("us-ascii"), japanese),
        (encoded(japanese, SHIFT_JIS), None, japanese),
        (encoded("姉妹都市の提携について", EUC_JP), Some("cp51932"), "姉妹都市の提携について"),
        (encoded(japanese, UTF_8), Some("iso-2022-jp"), japanese),
        (encoded("한일 자매도시 똠방각하", EUC_KR), Some("ks_c_5601-1987"), "한일 자매도시 똠방각하"),
        (encoded("镕基 关于会议", GB18030), Some("gb2312"), "镕基 关于会议"),
        (encoded("關於會議", BIG5), Some("big5"), "關於會議"),
        (b"caf\xe9".to_vec(), Some("iso-8859-1"), "café"),
        (b"Prix \x96 d\x92honneur".to_vec(), Some("iso-8859-1"), "Prix – d’honneur"),
    ] {
        assert_eq!(decode(&bytes, label, &Surroundings::NONE), text, "{label:?}");
    }
}

#[test]
fn iso_2022_jp_as_it_is_used() {
    for (name, bytes, text) in [
        ("no way back at the line's end", &b"\x1b$B;PKe\nabc\x1b$BET;T\x1b(B\n"[..], "姉妹\nabc都市\n"),
        ("half-width kana", b"\x1b(I6E\x1b(B", "ｶﾅ"),
        ("kana by shift out and in", b"\x0e6E\x0f", "ｶﾅ"),
        ("NEC row 13", b"\x1b$B-!\x1b(B", "①"),
    ] {
        assert_eq!(decode(bytes, Some("iso-2022-jp"), &Surroundings::NONE), text, "{name}");
    }
}
