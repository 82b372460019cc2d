package rt

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// setTransport chooses what requests are sent with.
func (c *Client) setTransport(cfg *config) error {
	conflict := func(reason string) error {
		return &ParamError{In: "option", Name: "transport", Reason: reason}
	}
	switch {
	case cfg.client != nil && cfg.transport != nil:
		return conflict("is given twice: WithHTTPClient and WithTransport")
	case cfg.proxy && (cfg.transport != nil || cfg.client != nil && cfg.client.Transport != nil):
		return conflict("is your own: set its proxy there, not by WithProxyFromEnvironment")
	case cfg.transport != nil:
		c.transport = cfg.transport
	case cfg.client != nil && cfg.client.Transport != nil:
		c.transport = cfg.client.Transport
	default:
		c.transport = newTransport(cfg.proxy)
	}
	if cfg.client != nil {
		c.jar = cfg.client.Jar
		if cfg.client.Timeout > 0 {
			c.call.attemptTimeout = cfg.client.Timeout
		}
	}
	return nil
}

// newTransport returns the transport of clients that bring none: TLS 1.2 or later, no proxy unless
// asked for, and no wait without a limit.
func newTransport(proxy bool) *http.Transport {
	t := &http.Transport{
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           100,
		MaxIdleConnsPerHost:    16,
		IdleConnTimeout:        90 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
	if proxy {
		t.Proxy = http.ProxyFromEnvironment
	}
	return t
}
