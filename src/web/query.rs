//! What stands behind the `?` of a path, where nothing in it is refused.

use poem::Request;

/// The first value of a name.
#[must_use]
pub fn first(request: &Request, name: &str) -> Option<String> {
    let query = request.uri().query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).find(|(other, _)| other == name).map(|(_, value)| value.replace('\0', ""))
}
