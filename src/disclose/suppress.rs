//! Counts of 1 to 4 hidden, and with them the counts that would give them back.

use super::SMALL;
use super::line::{Cell, complete};
use super::nested::Nesting;
use super::network::{Residual, Table};
use super::withhold::{blank_row, blank_theme};
use crate::types::{QuestionReport, Theme};

/// Hides the small counts of a question.
pub(super) fn suppress_question(question: &mut QuestionReport, nestings: &[Nesting]) {
    suppress_no_comment(question);
    let mut small_unclear = question.no_clear_theme.is_some_and(is_small);
    let mut hidden: Vec<bool> = question
        .themes
        .iter()
        .map(|theme| theme.respondents.is_none_or(is_small) || theme.mentions.is_none())
        .collect();
    let tables = loop {
        let tables = plan_tables(question, &hidden, small_unclear, nestings);
        if totals_are_safe(question, &hidden, small_unclear) && hidden_totals_can_vary(&tables, &hidden) {
            break tables;
        }
        if !hide_last(question, &mut hidden) {
            if small_unclear {
                break tables;
            }
            small_unclear = true;
        }
    };
    for plan in &tables {
        apply(question, plan);
    }
    withhold_unplanned(question, &tables);
    for (theme, hidden) in question.themes.iter_mut().zip(&hidden) {
        if *hidden {
            blank_theme(theme);
        } else {
            suppress_subthemes(theme);
        }
    }
    if small_unclear {
        question.no_clear_theme = None;
        question.coverage = None;
    }
    // Less the segments of the others, as the map shows them, it would be the number of the hidden ones.
    if small_unclear || hidden.contains(&true) {
        question.segments = (question.segments + 5) / 10 * 10;
    }
}

fn is_small(count: usize) -> bool {
    (1..=SMALL).contains(&count)
}

/// Blank and "says nothing" add up to all respondents less the base, so they are hidden together.
fn suppress_no_comment(question: &mut QuestionReport) {
    if question.blank.is_none_or(is_small) || question.non_answers.is_none_or(is_small) {
        question.blank = None;
        question.non_answers = None;
    }
}

/// Whether the hidden themes keep their counts: everyone of the base is in a theme or in none, so the hidden counts together
/// are at least what the shown ones leave of the base, and where nobody's segment is in two themes, at most what the shown
/// mentions leave of the segments.
fn totals_are_safe(question: &QuestionReport, hidden: &[bool], small_unclear: bool) -> bool {
    let shown = |of: fn(&Theme) -> Option<usize>| -> usize {
        question
            .themes
            .iter()
            .zip(hidden)
            .filter(|(_, hidden)| !**hidden)
            .filter_map(|(theme, _)| of(theme))
            .sum()
    };
    let n = hidden.iter().filter(|hidden| **hidden).count();
    let unclear = if small_unclear { 0 } else { question.no_clear_theme.unwrap_or(0) };
    let least = question.base.saturating_sub(shown(|theme| theme.respondents) + unclear);
    let unknown = n + usize::from(small_unclear);
    if unknown > 0 && least == SMALL * unknown {
        return false;
    }
    let mentions: usize = question.themes.iter().filter_map(|theme| theme.mentions).sum();
    if n == 0 || mentions > question.segments {
        return true;
    }
    let most = question.segments.saturating_sub(shown(|theme| theme.mentions) + unclear);
    most > n && (n > 1 || small_unclear || least.max(1) < most.min(SMALL))
}

/// Hides the last theme that is still shown, empty ones only after all others; `false` if there is none.
fn hide_last(question: &QuestionReport, hidden: &mut [bool]) -> bool {
    let shown = |t: &usize| !hidden[*t];
    let mentioned = |t: &usize| question.themes[*t].respondents != Some(0);
    let mut shown = (0..hidden.len()).rev().filter(shown);
    let last = shown.clone().find(mentioned).or_else(|| shown.next());
    if let Some(last) = last {
        hidden[last] = true;
    }
    last.is_some()
}

/// What is hidden of one group column's tables.
struct Plan {
    column: usize,
    table: Table,
}

fn plan_tables(
    question: &QuestionReport,
    hidden: &[bool],
    small_unclear: bool,
    nestings: &[Nesting],
) -> Vec<Plan> {
    let n_columns = question.themes.iter().map(|theme| theme.groups.len()).min().unwrap_or(0);
    let plan = |column| Some(Plan { column, table: plan_table(question, column, hidden, small_unclear)? });
    let mut plans: Vec<Plan> = (0..n_columns).filter_map(plan).collect();
    while tie_nested(question, &mut plans, nestings) {
        for plan in &mut plans {
            settle(&mut plan.table);
        }
    }
    plans
}

/// Hides what one column's table would give back of another's. Whether anything was hidden.
fn tie_nested(question: &QuestionReport, plans: &mut [Plan], nestings: &[Nesting]) -> bool {
    let Some(first) = question.themes.first() else { return false };
    let mut changed = false;
    for nesting in nestings {
        let place = |column| plans.iter().position(|plan| plan.column == column);
        let (outer, inner) = nesting.columns();
        let Some(places) = place(outer).zip(place(inner)) else { continue };
        if let Ok([outside, inside]) = plans.get_disjoint_mut([places.0, places.1]) {
            let rows = (first.groups[outer].rows.as_slice(), first.groups[inner].rows.as_slice());
            changed |= nesting.tie(&mut outside.table, &mut inside.table, rows);
        }
    }
    changed
}

/// `None` where the themes' tables do not have the same complete rows; such a column is withheld.
fn plan_table(
    question: &QuestionReport,
    column: usize,
    hidden: &[bool],
    small_unclear: bool,
) -> Option<Table> {
    let first = &question.themes.first()?.groups[column].rows;
    let bases: Vec<usize> = first.iter().map(|row| row.base).collect::<Option<_>>()?;
    let mut table = Table {
        counts: Vec::new(),
        hidden: Vec::new(),
        totals: Vec::new(),
        bases: bases.into_iter().map(|base| (base, is_small(base))).collect(),
        unclear: (question.no_clear_theme.unwrap_or(0), small_unclear || question.no_clear_theme.is_none()),
    };
    for (theme, &theme_hidden) in question.themes.iter().zip(hidden) {
        let rows = &theme.groups[column].rows;
        if rows.len() != first.len()
            || rows.iter().zip(first).any(|(a, b)| (a.base, &a.value) != (b.base, &b.value))
        {
            return None;
        }
        let counts: Vec<usize> = rows.iter().map(|row| row.respondents).collect::<Option<_>>()?;
        table.hidden.push(counts.iter().map(|count| theme_hidden || is_small(*count)).collect());
        table.totals.push((counts.iter().sum(), theme_hidden));
        table.counts.push(counts);
    }
    settle(&mut table);
    Some(table)
}

/// Hides further cells until none that is hidden is given back within the table.
fn settle(table: &mut Table) {
    let cells: Vec<Cell> = table.bases.iter().map(|&(value, _)| Cell { value, most: None }).collect();
    let mut hidden: Vec<bool> = table.bases.iter().map(|base| base.1).collect();
    complete(&cells, &mut hidden);
    table.bases.iter_mut().zip(&hidden).for_each(|(base, hidden)| base.1 = *hidden);
    for (counts, cells_hidden) in table.counts.iter().zip(&mut table.hidden) {
        cells_hidden.iter_mut().zip(&hidden).for_each(|(cell, base)| *cell |= *base);
        complete(&cells_of(counts, &table.bases), cells_hidden);
    }
    protect_cells(table);
}

fn cells_of(counts: &[usize], bases: &[(usize, bool)]) -> Vec<Cell> {
    counts
        .iter()
        .zip(bases)
        .map(|(&value, &(base, hidden))| Cell { value, most: (!hidden).then_some(base) })
        .collect()
}

/// Hides further cells until every hidden small count could be another one.
fn protect_cells(table: &mut Table) {
    loop {
        let residual = Residual::new(table);
        let given_back = (0..table.counts.len())
            .filter(|&t| !table.totals[t].1)
            .flat_map(|t| (0..table.bases.len()).map(move |g| (t, g)))
            .find(|&(t, g)| {
                table.hidden[t][g] && is_small(table.counts[t][g]) && !residual.cell_can_vary(t, g)
            });
        let Some((theme, group)) = given_back else { return };
        if !hide_beside(table, theme, group) {
            return;
        }
    }
}

/// Hides what lets the cell vary: the cells of another theme in its group and in another hidden group of its row, so that the
/// four can trade; where there are none, the smallest cell that is still shown.
fn hide_beside(table: &mut Table, theme: usize, group: usize) -> bool {
    let others = (0..table.counts.len()).filter(|&t| t != theme && !table.totals[t].1);
    let partners = (0..table.bases.len()).filter(|&g| g != group && table.hidden[theme][g]);
    let square = others
        .flat_map(|t| partners.clone().map(move |g| (t, g)))
        .filter(|&(t, g)| !(table.hidden[t][group] && table.hidden[t][g]))
        .min_by_key(|&(t, g)| (table.counts[t][group] + table.counts[t][g], t, g));
    let (t, groups) = match square {
        Some((t, g)) => (t, vec![group, g]),
        None => {
            let cells = (0..table.counts.len()).flat_map(|t| (0..table.bases.len()).map(move |g| (t, g)));
            let smallest = cells
                .filter(|&(t, g)| !table.hidden[t][g])
                .min_by_key(|&(t, g)| (table.counts[t][g] == 0, table.counts[t][g], t, g));
            let Some((t, g)) = smallest else { return false };
            (t, vec![g])
        }
    };
    for g in groups {
        table.hidden[t][g] = true;
    }
    complete(&cells_of(&table.counts[t], &table.bases), &mut table.hidden[t]);
    true
}

/// Whether each hidden theme could have another count in every group column at once.
fn hidden_totals_can_vary(plans: &[Plan], hidden: &[bool]) -> bool {
    let residuals: Vec<Residual> = plans.iter().map(|plan| Residual::new(&plan.table)).collect();
    (0..hidden.len()).filter(|&t| hidden[t]).all(|t| {
        let ways: Vec<(bool, bool)> = residuals.iter().map(|residual| residual.total_can_vary(t)).collect();
        ways.iter().all(|way| way.0) || ways.iter().all(|way| way.1)
    })
}

fn apply(question: &mut QuestionReport, plan: &Plan) {
    for (t, theme) in question.themes.iter_mut().enumerate() {
        for (g, row) in theme.groups[plan.column].rows.iter_mut().enumerate() {
            if plan.table.bases[g].1 {
                row.base = None;
            }
            if plan.table.hidden[t][g] {
                blank_row(row);
            }
        }
    }
}

/// Hides the columns whose tables do not fit together.
fn withhold_unplanned(question: &mut QuestionReport, plans: &[Plan]) {
    for theme in &mut question.themes {
        let columns = theme.groups.iter_mut().enumerate();
        for (_, table) in columns.filter(|(c, _)| plans.iter().all(|plan| plan.column != *c)) {
            for row in &mut table.rows {
                row.base = None;
                blank_row(row);
            }
        }
    }
}

/// Sub-themes together reach every respondent of their theme at most, so what the shown ones leave of it bounds the rest.
fn suppress_subthemes(theme: &mut Theme) {
    let Some(respondents) = theme.respondents else { return };
    let small = |count: Option<usize>| count.is_none_or(is_small);
    if !theme.subthemes.iter().any(|sub| small(sub.respondents)) {
        return;
    }
    let shown: usize =
        theme.subthemes.iter().filter_map(|sub| sub.respondents.filter(|n| !is_small(*n))).sum();
    let all = respondents > shown + 1;
    for sub in &mut theme.subthemes {
        if all || small(sub.respondents) {
            sub.respondents = None;
            sub.share = None;
        }
    }
}
