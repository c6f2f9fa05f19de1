//! How requests travel: hyper over rustls, with the certificates of the system. `object_store` asks through this.

use async_trait::async_trait;
use bytes::Bytes;
use http::Response;
use http_body::Body;
use http_body_util::{BodyExt, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector as Tcp;
use hyper_util::client::legacy::{Client, Error as Failed};
use hyper_util::rt::TokioExecutor;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse, HttpResponseBody,
    HttpService,
};
use object_store::{ClientConfigKey, ClientOptions};
use rustls::crypto::ring::default_provider;
use std::time::Duration;

/// So long may a connection take to open.
const CONNECT: Duration = Duration::from_secs(15);
/// So long may the head of an answer take, with a part of an upload before it.
const ANSWER: Duration = Duration::from_secs(120);
/// The most bytes of an answer that does not say how long it is.
const UNTOLD: usize = 512 << 20;

/// Makes clients.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Connector {
    /// For the interface of a store.
    Store,
    /// For files of the web, whose servers say less of them.
    Web,
}

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let plain = options.get_config_value(&ClientConfigKey::AllowHttp).is_some_and(|value| value == "true");
        let failed = |source| object_store::Error::Generic { store: "HTTP", source };
        let builder = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(default_provider())
            .map_err(|error| failed(error.into()))?;
        let builder = if plain { builder.https_or_http() } else { builder.https_only() };
        let mut tcp = Tcp::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        let client = Client::builder(TokioExecutor::new()).build(builder.enable_http1().wrap_connector(tcp));
        Ok(HttpClient::new(Service { client, connector: *self }))
    }
}

/// Sends requests.
#[derive(Debug)]
struct Service {
    client: Client<HttpsConnector<Tcp>, HttpRequestBody>,
    connector: Connector,
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let answer = tokio::time::timeout(ANSWER, self.client.request(named(request)))
            .await
            .map_err(|late| HttpError::new(HttpErrorKind::Timeout, late))?
            .map_err(failed)?;
        let answer = answer.map(|body| body.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error)));
        match self.connector {
            Connector::Store => Ok(answer.map(HttpResponseBody::new)),
            Connector::Web => self::web(answer).await,
        }
    }
}

/// The request with the name of who asks, which some servers want to know.
fn named(mut request: HttpRequest) -> HttpRequest {
    let name = object_store::HeaderValue::from_static(concat!("sayso/", env!("CARGO_PKG_VERSION")));
    request.headers_mut().entry("user-agent").or_insert(name);
    request
}

fn failed(error: Failed) -> HttpError {
    let kind = if error.is_connect() { HttpErrorKind::Connect } else { HttpErrorKind::Request };
    HttpError::new(kind, error)
}

/// What a server of the web answers, as `object_store` wants it: with its length. Where the file has moved, that is an error.
async fn web<B>(answer: Response<B>) -> Result<HttpResponse, HttpError>
where
    B: Body<Data = Bytes, Error = HttpError> + Send + Sync + 'static,
{
    if answer.status().is_redirection()
        && let Some(to) = answer.headers().get("location").and_then(|to| to.to_str().ok())
    {
        let moved = std::io::Error::other(format!("the file has moved to {to}; name that address"));
        return Err(HttpError::new(HttpErrorKind::Unknown, moved));
    }
    if !answer.status().is_success() {
        // What comes with it is a page for people, or worse.
        return Ok(answer.map(|_| Vec::new().into()));
    }
    if answer.headers().contains_key("content-length") {
        return Ok(answer.map(HttpResponseBody::new));
    }
    let (mut head, body) = answer.into_parts();
    let whole = Limited::new(body, UNTOLD).collect().await;
    let whole = whole.map_err(|error| HttpError::new_boxed(HttpErrorKind::Decode, error))?.to_bytes();
    head.headers.insert("content-length", whole.len().into());
    Ok(HttpResponse::from_parts(head, whole.into()))
}
