//! A browser of one's own: Chromium, driven by chromedriver, with axe-core to judge what it shows.
//!
//! Where Chromium, its driver or axe-core is missing, the test fails and says so: a page that nobody looked at is not
//! a page that is fine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use super::{free_port, soon};

/// Without these, Chromium starts slowly, calls home, or (as root) not at all.
const FLAGS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=ja",
];

/// The colours of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

pub struct Browser {
    driver: WebDriver,
    _process: Process,
}

/// chromedriver.
struct Process {
    child: Child,
    port: u16,
    session: Option<String>,
}

impl Drop for Process {
    /// Ends Chromium through its driver, then the driver. thirtyfour's own way waits for the test's runtime, which
    /// stands still while it waits: a test that failed would hang for two minutes.
    fn drop(&mut self) {
        let end = |session: &String| {
            let mut line = TcpStream::connect(("127.0.0.1", self.port))?;
            line.set_read_timeout(Some(Duration::from_secs(5)))?;
            line.write_all(format!("DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").as_bytes())?;
            line.read(&mut [0; 64])
        };
        // Whatever became of that, the driver ends.
        let _ = self.session.as_ref().map(end);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Browser {
    pub async fn start() -> Self {
        let port = free_port();
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver (Debian's chromium-driver) does not start: {error}"));
        let mut process = Process { child, port, session: None };
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag).expect("a flag");
        }
        let server = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::new();
        soon("chromedriver is ready", async || client.get(format!("{server}/status")).send().await.is_ok()).await;
        let driver =
            WebDriver::new(&server, wanted).await.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        process.session = Some(driver.session_id().to_string());
        // Its destructor is not wanted, see `Process`.
        std::mem::forget(driver.clone());
        let browser = Self { driver, _process: process };
        browser.tell("Page.enable", json!({})).await;
        browser.tell("Page.addScriptToEvaluateOnNewDocument", json!({ "source": axe() })).await;
        browser
    }

    /// A command of Chromium's own protocol.
    pub async fn tell(&self, command: &str, parameters: Value) {
        self.driver.cdp().send_raw(command, parameters).await.unwrap_or_else(|error| panic!("{command}: {error}"));
    }

    pub async fn go(&self, url: &str) {
        self.driver.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// What a script makes of the page.
    pub async fn ask(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"));
        answer.json().clone()
    }

    /// The text of the page as people see it.
    pub async fn text(&self) -> String {
        self.ask("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    pub async fn path(&self) -> String {
        self.driver.current_url().await.expect("a page").path().to_owned()
    }

    /// An element of the page, or of the one that is on its way.
    pub async fn find(&self, css: &str) -> WebElement {
        soon(&format!("{css} on the page"), async || self.driver.find(By::Css(css)).await.is_ok()).await;
        self.driver.find(By::Css(css)).await.unwrap_or_else(|_| panic!("no {css} on the page"))
    }

    /// Types into a field, after what stands there.
    pub async fn fill(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Clicks, and waits for the page that comes of it.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
        self.settle().await;
    }

    /// Sends a form as its first button does, without the browser's own checks.
    pub async fn send(&self, css: &str) {
        let script = format!(
            "const form = document.querySelector('{css}'); form.noValidate = true; \
             document.documentElement.dataset.left = 'yes'; form.requestSubmit(form.querySelector('button'))"
        );
        self.ask(&script).await;
        soon(&format!("{css} is answered"), async || {
            let page = self
                .driver
                .execute("return [document.readyState, document.documentElement.dataset.left]", vec![])
                .await;
            page.is_ok_and(|page| page.json() == &json!(["complete", null]))
        })
        .await;
    }

    async fn settle(&self) {
        soon("the page is there", async || {
            self.driver.execute("return document.readyState", vec![]).await.is_ok_and(|page| page.json() == "complete")
        })
        .await;
    }

    pub async fn width(&self, width: u32) {
        let height = if width < 600 { 844 } else { 900 };
        self.driver
            .cdp()
            .emulation()
            .set_device_metrics_override(width, height, 1.0, width < 600)
            .await
            .expect("resized");
    }

    pub async fn theme(&self, theme: Theme) {
        let value = if theme == Theme::Dark { "dark" } else { "light" };
        // Without motion: a colour that is still on its way to the other theme has no contrast.
        let features = json!([
            { "name": "prefers-color-scheme", "value": value },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tell("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// What is wrong with the page that is shown: wide and narrow, light and dark, and with text twice as large.
    pub async fn faults(&self, name: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for (width, sizes) in [(1280, &[200][..]), (390, &[100, 200]), (320, &[100])] {
            self.width(width).await;
            for size in sizes {
                if let Some(fault) = self.sideways(*size).await {
                    faults.push(format!("{name}, {width} px, text {size} %: {fault}"));
                }
            }
            // Narrower still, the page is the phone's, only narrower.
            let themes = if width == 320 { &[][..] } else { &[Theme::Light, Theme::Dark] };
            for theme in themes {
                self.theme(*theme).await;
                for violation in self.violations(*theme).await {
                    faults.push(format!("{name}, {width} px, {theme:?}: {violation}"));
                }
                self.picture(name, width, *theme).await;
            }
        }
        faults
    }

    /// What sticks out where the page is read from right to left.
    pub async fn faults_mirrored(&self, name: &str) -> Vec<String> {
        let mut faults = Vec::new();
        self.ask("document.documentElement.dir = 'rtl'").await;
        for width in [1280, 390, 320] {
            self.width(width).await;
            if let Some(fault) = self.sideways(100).await {
                faults.push(format!("{name}, {width} px, from right to left: {fault}"));
            }
            self.theme(Theme::Light).await;
            self.picture(&format!("{name} mirrored"), width, Theme::Light).await;
        }
        self.ask("document.documentElement.dir = 'ltr'").await;
        faults
    }

    async fn violations(&self, theme: Theme) -> Vec<String> {
        // Frames hold letters of strangers, in which no script may run.
        let mut rules = json!({ "iframes": false, "resultTypes": ["violations"] });
        if theme == Theme::Dark {
            // The same elements in other colours.
            rules["runOnly"] = json!(["color-contrast"]);
        }
        let script = format!(
            "const done = arguments[0]; axe.run(document, {rules}).then(r => done(r.violations.map(v => \
             v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' ' + (n.any[0]?.message ?? '')).join(' | '))), \
             e => done([String(e)]))"
        );
        let found = self.driver.execute_async(&script, vec![]).await.unwrap_or_else(|error| panic!("axe: {error}"));
        found.convert().expect("sentences")
    }

    /// Whether the page scrolls sideways with its text at a size in per cent, and what sticks out.
    async fn sideways(&self, size: u32) -> Option<String> {
        let script = format!(
            "const root = document.documentElement; root.style.fontSize = '{size}%'; \
             const over = root.scrollWidth - root.clientWidth; \
             const wide = over > 0 ? [...document.querySelectorAll('body *')].filter(e => \
                 e.getBoundingClientRect().right > root.clientWidth + 0.5).slice(0, 4).map(e => \
                 e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)) : []; \
             root.style.fontSize = ''; return [over, wide.join(', ')]"
        );
        let found = self.ask(&script).await;
        (found[0].as_i64() > Some(0)).then(|| format!("{} px too wide: {}", found[0], found[1]))
    }

    /// Keeps a picture of the whole page where `MADOGUCHI_SCREENSHOTS` names a folder.
    async fn picture(&self, name: &str, width: u32, theme: Theme) {
        let Some(folder) = std::env::var_os("MADOGUCHI_SCREENSHOTS").map(PathBuf::from) else { return };
        std::fs::create_dir_all(&folder).expect("a folder for the pictures");
        let whole = json!({ "format": "png", "captureBeyondViewport": true });
        let taken = self.driver.cdp().send_raw("Page.captureScreenshot", whole).await.expect("a picture");
        let bytes =
            data_encoding::BASE64.decode(taken["data"].as_str().unwrap_or_default().as_bytes()).expect("Base64");
        let theme = if theme == Theme::Dark { "dark" } else { "light" };
        let file = folder.join(format!("{}-{width}-{theme}.png", name.replace([' ', '/'], "-")));
        std::fs::write(file, bytes).expect("kept");
    }
}

/// axe-core's script.
fn axe() -> String {
    let path = std::env::var_os("MADOGUCHI_TEST_AXE").map(PathBuf::from);
    let path = path.unwrap_or_else(|| {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js")
    });
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("axe-core is not at {} ({error}); bin/test fetches it", path.display()))
}
