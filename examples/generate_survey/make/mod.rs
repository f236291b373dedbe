//! From the design and the phrase banks to the files of the survey.

mod answer;
mod banks;
mod design;
mod draw;
mod manner;
mod people;
mod personal;
mod plan;
mod tables;
mod variants;

use std::collections::BTreeMap;
use std::path::Path;

/// Why the survey could not be made; always a fault in the files under `data/splw/`.
pub(crate) type MakeError = Box<dyn std::error::Error>;

/// Makes every generated file of `folder` (`data/splw`), as name and content.
pub(crate) fn make_survey(folder: &Path) -> Result<BTreeMap<String, String>, MakeError> {
    let design = design::read_design(&folder.join("planted-shares.toml"))?;
    let mut banks = banks::read_banks(&folder.join("phrases"), &design)?;
    let mut files = BTreeMap::new();
    for year in &design.years {
        let people = people::make_people(year, &design)?;
        let plan = plan::plan_year(year, &people, &design)?;
        let answers = answer::write_answers(&people, &plan, &mut banks, &design);
        files.insert(format!("responses-{}.csv", year.year), tables::responses(&people, &answers)?);
        files.insert(format!("planted-{}.csv", year.year), tables::planted(&people, &answers)?);
    }
    Ok(files)
}
