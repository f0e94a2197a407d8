//! The accent of the desk's pages, and whether everybody can read what is set in it (WCAG 2.2, 1.4.3 and 1.4.11).

use std::fmt;
use std::str::FromStr;

/// A colour in sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Not a colour such as `#165e83`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a colour such as #165e83")]
pub struct BadColour;

const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0; 3]);

/// What text needs against what it stands on (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;

impl FromStr for Colour {
    type Err = BadColour;

    fn from_str(text: &str) -> Result<Self, BadColour> {
        let digits = text
            .trim()
            .strip_prefix('#')
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .ok_or(BadColour)?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2).ok_or(BadColour)?, 16).map_err(|_| BadColour);
        if digits.len() == 6 { Ok(Self([part(0)?, part(2)?, part(4)?])) } else { Err(BadColour) }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    /// Relative luminance, 0 to 1 (WCAG 2.2, glossary).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast, 1 to 21 (WCAG 2.2, glossary).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// So much of another colour mixed in, 0 to 1.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mut mixed = self.0;
        for (part, other) in mixed.iter_mut().zip(other.0) {
            *part = (f64::from(*part) * (1.0 - share) + f64::from(other) * share).round() as u8;
        }
        Self(mixed)
    }

    /// Black or white: what is easier to read on it.
    #[must_use]
    pub fn ink(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }
}

/// Light or dark pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// What pages are made of that the accent stands on.
const LIGHT_GROUNDS: [Colour; 4] =
    [WHITE, Colour([0xf5, 0xf7, 0xf8]), Colour([0xed, 0xf1, 0xf3]), Colour([0xef, 0xf3, 0xf5])];
const DARK_GROUNDS: [Colour; 5] = [
    Colour([0x15, 0x1c, 0x20]),
    Colour([0x0f, 0x15, 0x18]),
    Colour([0x1c, 0x25, 0x2a]),
    Colour([0x0b, 0x10, 0x13]),
    Colour([0x1a, 0x23, 0x28]),
];

/// The accent on one ground, with what is derived from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// Links, the main button, what is chosen.
    pub accent: Colour,
    /// The same below the pointer.
    pub hover: Colour,
    /// Text on it.
    pub on_accent: Colour,
    /// What is chosen is on this.
    pub tint: Colour,
    /// The edge of that.
    pub line: Colour,
}

impl Accent {
    /// What is derived from an accent.
    #[must_use]
    pub fn on(ground: Ground, accent: Colour) -> Self {
        let (surface, away) = match ground {
            Ground::Light => (LIGHT_GROUNDS[0], BLACK),
            Ground::Dark => (DARK_GROUNDS[0], WHITE),
        };
        Self {
            accent,
            hover: accent.mixed(away, 0.25),
            on_accent: accent.ink(),
            tint: surface.mixed(accent, 0.1),
            line: surface.mixed(accent, 0.4),
        }
    }

    /// The lowest contrast of what is read in it, or on it.
    #[must_use]
    pub fn contrast(&self, ground: Ground) -> f64 {
        let grounds = match ground {
            Ground::Light => &LIGHT_GROUNDS[..],
            Ground::Dark => &DARK_GROUNDS,
        };
        let read = [self.accent, self.hover];
        let on_grounds =
            grounds.iter().chain([&self.tint]).flat_map(|ground| read.map(|colour| colour.contrast(*ground)));
        let on_it = read.map(|colour| colour.contrast(self.on_accent));
        on_grounds.chain(on_it).fold(f64::INFINITY, f64::min)
    }
}

/// The accent of all pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// On light pages.
    pub light: Colour,
    /// On dark pages.
    pub dark: Colour,
}

impl Colours {
    /// The program's own: the indigo of a noren.
    pub const INDIGO: Self = Self { light: Colour([0x16, 0x5e, 0x83]), dark: Colour([0x7d, 0xbb, 0xda]) };

    /// The grounds on which it cannot be read, with the contrast that it has there.
    #[must_use]
    pub fn unreadable(&self) -> Vec<(Ground, f64)> {
        let all = [(Ground::Light, self.light), (Ground::Dark, self.dark)];
        let contrasts = all.map(|(ground, colour)| (ground, Accent::on(ground, colour).contrast(ground)));
        contrasts.into_iter().filter(|(_, contrast)| *contrast < READABLE).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{BadColour, Colour, Colours, Ground};

    #[test]
    fn contrasts_as_others_reckon_them() {
        for (one, other, contrast) in [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.48),
            ("#165e83", "#ffffff", 7.1),
            ("#808080", "#808080", 1.0),
        ] {
            let [one, other] = [one, other].map(|text| text.parse::<Colour>().expect("a colour"));
            assert!((one.contrast(other) - contrast).abs() < 0.05, "{one} {other}: {}", one.contrast(other));
        }
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let of =
            |light: &str, dark: &str| Colours { light: light.parse().expect("one"), dark: dark.parse().expect("one") };
        let grounds = |colours: Colours| colours.unreadable().into_iter().map(|(ground, _)| ground).collect::<Vec<_>>();
        assert_eq!(grounds(Colours::INDIGO), []);
        assert_eq!(grounds(of("#b3261e", "#ff9d94")), []);
        assert_eq!(grounds(of("#ffcc00", "#7dbbda")), [Ground::Light]);
        assert_eq!(grounds(of("#165e83", "#165e83")), [Ground::Dark]);
        assert_eq!(grounds(of("#ffffff", "#000000")), [Ground::Light, Ground::Dark]);
    }

    #[test]
    fn what_is_no_colour() {
        for text in ["", "165e83", "#165e8", "#165e8g", "#é5e83", "red", "#165e83ff", "#+15e83"] {
            assert_eq!(text.parse::<Colour>(), Err(BadColour), "{text}");
        }
    }

    proptest! {
        #[test]
        fn colours_are_read_back(parts: [u8; 3]) {
            let colour = Colour(parts);
            prop_assert_eq!(colour.to_string().parse(), Ok(colour));
            prop_assert!(colour.contrast(colour.ink()) >= 4.5);
        }
    }
}
