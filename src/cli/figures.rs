//! Numbers as people read them.

use std::time::Duration;

/// `9,717`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 document`, `9,717 documents`.
pub fn counted(number: u64, one: &str, more: &str) -> String {
    format!(
        "{} {}",
        grouped(number),
        if number == 1 { one } else { more }
    )
}

/// `1,234 bytes` as `1.2 kB`, in powers of 1000.
pub fn bytes(number: u64) -> String {
    let mut amount = number as f64;
    for unit in ["bytes", "kB", "MB", "GB"] {
        if unit == "bytes" && number < 1000 {
            return counted(number, "byte", "bytes");
        }
        if amount < 999.95 && unit != "bytes" {
            return format!("{amount:.1} {unit}");
        }
        amount /= 1000.0;
    }
    format!("{amount:.1} TB")
}

/// `0.8 ms`, `12.3 s`, `4 min 5 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 0.9995 {
        format!("{:.1} ms", seconds * 1000.0)
    } else if seconds < 99.95 {
        format!("{seconds:.1} s")
    } else {
        let whole = seconds.round() as u64;
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

/// Reads a number of bytes, as `256M` or `1G`, in powers of 1024.
///
/// # Errors
///
/// What is wrong with the text, in one line.
pub fn parse_size(text: &str) -> Result<usize, String> {
    let wrong = || format!("{text:?} is not a size; write it as 512K, 256M or 2G");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err(wrong()),
    };
    let number: usize = digits.trim().parse().map_err(|_| wrong())?;
    number
        .checked_mul(1 << shift)
        .ok_or_else(|| format!("{text:?} is more than this machine can address"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let numbers = [0, 999, 1000, 123_456, 9_717_000].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "123,456", "9,717,000"]);
        assert_eq!(counted(1, "file", "files"), "1 file");
    }

    #[test]
    fn amounts_have_the_unit_that_suits_them() {
        let amounts = [1, 999, 1000, 93_500_000, 999_960, 5_000_000_000_000].map(bytes);
        assert_eq!(
            amounts,
            [
                "1 byte",
                "999 bytes",
                "1.0 kB",
                "93.5 MB",
                "1.0 MB",
                "5.0 TB"
            ]
        );
        let times = [0.0008, 12.34, 245.0].map(|s| duration(Duration::from_secs_f64(s)));
        assert_eq!(times, ["0.8 ms", "12.3 s", "4 min 5 s"]);
    }

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(parse_size("256M"), Ok(256 << 20));
        assert_eq!(parse_size("1g"), Ok(1 << 30));
        assert_eq!(parse_size("64KiB"), Ok(64 << 10));
        assert_eq!(parse_size("100"), Ok(100));
        for wrong in [
            "",
            "M",
            "1.5G",
            "-1",
            "1 furlong",
            "99999999999999999999",
            "１M",
        ] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
        assert!(parse_size("18446744073709551615G").is_err());
    }
}
