use calamine::{DataRef, ExcelDateTime};

/// A cell as text: what was typed, as near as the workbook still knows it. Errors such as `#REF!` are blank.
pub(super) fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Whole numbers print without a fraction, and none with an exponent.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "TRUE".into(),
        DataRef::Bool(false) => "FALSE".into(),
        DataRef::DateTime(date) => date_text(date),
    }
}

/// `2023-11-01`, `2023-11-01 09:30:00`, or `09:30:00` for a time or a span of time.
fn date_text(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        let seconds = (date.as_f64() * 86_400.0).round() as i64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if date.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year}-{month:02}-{day:02}")
    } else {
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    #[test]
    fn numbers_and_dates_read_as_people_wrote_them() {
        assert_eq!(cell_text(&DataRef::Float(7_700_900_123.0)), "7700900123");
        assert_eq!(cell_text(&DataRef::Float(2.5)), "2.5");
        assert_eq!(cell_text(&DataRef::Float(1e21)), "1000000000000000000000");
        assert_eq!(cell_text(&DataRef::Error(CellErrorType::Ref)), "");
        let date = |value, is_1904| {
            cell_text(&DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904)))
        };
        assert_eq!(date(45_231.0, false), "2023-11-01");
        assert_eq!(date(45_231.0 - 1462.0, true), "2023-11-01");
        assert_eq!(date(45_231.5, false), "2023-11-01 12:00:00");
        assert_eq!(date(0.75, false), "18:00:00");
    }
}
