use super::encoding::TextEncoding;
use super::error::ReadError;
use super::input::InputFile;
use super::table::{MAX_COLUMNS, Next, Row, Visitor};
use super::text::TextError;
use crate::files::MAX_CELL;
use csv::StringRecord;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor as SerdeVisitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

/// A JSON Lines file: an object per line, whose keys are the columns.
#[derive(Debug)]
pub(super) struct JsonLines {
    file: InputFile,
    encoding: TextEncoding,
    /// Keys in the order in which they first appear.
    keys: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl JsonLines {
    /// Finds the columns.
    pub(super) fn open(file: InputFile, encoding: TextEncoding) -> Result<Self, ReadError> {
        let mut opened = Self { file, encoding, keys: Vec::new(), places: BTreeMap::new() };
        let (mut keys, mut places) = (Vec::new(), BTreeMap::new());
        opened.lines(&mut |_, line| {
            let Ok(fields) = serde_json::from_str::<Fields>(line) else { return Ok(Next::Go) };
            for (key, _) in fields.0 {
                if !places.contains_key(&key) {
                    places.insert(key.clone(), keys.len());
                    keys.push(key);
                }
            }
            Ok(if keys.len() > MAX_COLUMNS { Next::Stop } else { Next::Go })
        })?;
        (opened.keys, opened.places) = (keys, places);
        Ok(opened)
    }

    /// Calls `each` for the keys as row 0, then for every object.
    pub(super) fn visit(&mut self, each: Visitor<'_>) -> Result<(), ReadError> {
        let header = StringRecord::from_iter(&self.keys);
        if each(Row { number: 0, line: None, cells: &header, problem: None })? == Next::Stop {
            return Ok(());
        }
        let mut cells = vec![String::new(); self.keys.len()];
        self.lines(&mut |number, line| {
            cells.iter_mut().for_each(String::clear);
            let problem = self.fill(line, &mut cells).err();
            let record = StringRecord::from_iter(&cells);
            each(Row { number: number as usize, line: Some(number), cells: &record, problem })
        })
    }

    /// Puts the object of a line into cells by its keys; absent keys and nulls stay blank.
    fn fill(&self, line: &str, cells: &mut [String]) -> Result<(), &'static str> {
        let fields: Fields = serde_json::from_str(line).map_err(|_| "it is not a JSON object")?;
        let mut filled = vec![false; cells.len()];
        for (key, value) in fields.0 {
            let place = self.places.get(&key).copied().unwrap_or(usize::MAX);
            if filled.get(place) == Some(&true) {
                return Err("it has a key twice");
            }
            if let (Some(cell), Some(filled)) = (cells.get_mut(place), filled.get_mut(place)) {
                *filled = true;
                *cell = match value {
                    Value::Null => String::new(),
                    Value::String(text) => text,
                    other => other.to_string(),
                };
            }
        }
        Ok(())
    }

    /// Calls `each` with number and text of each line that is not blank.
    fn lines(&self, each: &mut dyn FnMut(u64, &str) -> Result<Next, ReadError>) -> Result<(), ReadError> {
        let mut text = BufReader::new(self.encoding.reader(&self.file)?);
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            number += 1;
            let n = text
                .by_ref()
                .take(MAX_CELL + 1)
                .read_until(b'\n', &mut line)
                .map_err(|error| self.file.from_io(error))?;
            if n == 0 {
                return Ok(());
            }
            if n as u64 > MAX_CELL {
                return Err(TextError::EndlessCell { file: self.file.name.clone(), line: number }.into());
            }
            let line = String::from_utf8_lossy(&line);
            if !line.trim().is_empty() && each(number, line.trim())? == Next::Stop {
                return Ok(());
            }
        }
    }
}

/// The members of a JSON object in their order, repeated keys included.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> SerdeVisitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
