//! `sayso schema`: the JSON Schema of the records, every field documented.

use super::Status;
use super::context::Context;
use crate::output::{Destination, Format, OutputError};
use crate::record::Record;
use anyhow::bail;
use schemars::generate::SchemaSettings;

/// Runs the command.
pub(super) fn run(context: &Context) -> anyhow::Result<Status> {
    if !matches!(context.format, None | Some(Format::Json)) {
        bail!("the schema is JSON: leave --format out");
    }
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.root_schema_for::<Record>();
    let mut text = serde_json::to_vec_pretty(&schema).map_err(OutputError::from)?;
    text.push(b'\n');
    let mut place = Destination::open(context.output.as_deref())?;
    place.write(&text)?;
    place.finish()?;
    Ok(Status::Done)
}
