//! Networks and the addresses in them: whose word about a client's address is believed, and what a limit counts by.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// Networks such as `10.0.0.0/8`, in a list parted by commas or blanks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<(IpAddr, u8)>);

/// A text that names no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no network; write it as 10.0.0.0/8 or ::1")]
pub struct BadNetwork(pub String);

impl Networks {
    /// Whether an address is in one of them.
    #[must_use]
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|(network, bits)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(*bits)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(*bits)).unwrap_or(0);
                network.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        })
    }
}

impl FromStr for Networks {
    type Err = BadNetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        words.map(read).collect::<Result<_, _>>().map(Self)
    }
}

fn read(word: &str) -> Result<(IpAddr, u8), BadNetwork> {
    let bad = || BadNetwork(word.to_owned());
    let (address, bits) = word.split_once('/').map_or((word, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().map_err(|_| bad())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits: u8 = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| bad()))?;
    if bits > most { Err(bad()) } else { Ok((address, bits)) }
}

/// What a limit counts by: an IPv4 address, or the /64 that an IPv6 client has to itself.
#[must_use]
pub fn counted_as(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & u128::MAX << 64).into(),
    }
}

/// The address of the client: the peer's, or, where the peer is a proxy that is believed, the last one in
/// `X-Forwarded-For` that is not itself such a proxy.
#[must_use]
pub fn client_address(peer: IpAddr, forwarded_for: &str, trusted: &Networks) -> IpAddr {
    let mut client = peer.to_canonical();
    for word in forwarded_for.rsplit(',').map(str::trim) {
        if !trusted.contain(client) {
            break;
        }
        match word.parse::<IpAddr>() {
            Ok(address) => client = address.to_canonical(),
            Err(_) => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Networks, client_address, counted_as};

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn the_last_that_is_no_proxy_of_ours() {
        let trusted: Networks = "10.0.0.0/8, ::1".parse().expect("networks");
        for (peer, forwarded, client) in [
            ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.2.3.4", "198.51.100.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("::1", "nonsense", "::1"),
            ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ] {
            assert_eq!(client_address(ip(peer), forwarded, &trusted), ip(client), "{peer} {forwarded}");
        }
    }

    #[test]
    fn networks_are_read_or_named() {
        assert!("10.0.0.0/33".parse::<Networks>().is_err());
        assert!("ten".parse::<Networks>().is_err());
        assert!("0.0.0.0/0".parse::<Networks>().expect("all").contain(ip("8.8.8.8")));
        assert_eq!(counted_as(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
    }
}
