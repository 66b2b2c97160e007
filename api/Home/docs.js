// Shows the OpenAPI document; the assets are NSwag's copy of Swagger UI, served by this host.
SwaggerUIBundle({
  url: "/openapi/v1.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
